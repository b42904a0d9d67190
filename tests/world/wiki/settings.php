
# footprint's world: as on the large wikis, pages are at /wiki/Title and user pages ask not to be indexed.
$wgArticlePath = '/wiki/$1';
$wgNamespaceRobotPolicies = [ NS_USER => 'noindex,follow', NS_USER_TALK => 'noindex,follow' ];
$wgMainCacheType = CACHE_NONE;
$wgJobRunRate = 0;
$wgUploadDirectory = __DIR__ . '/upload';
$wgCacheDirectory = false;
