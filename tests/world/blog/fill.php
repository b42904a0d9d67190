<?php
// Fills the blog with invented people and their posts, through WordPress's own functions.
$_SERVER['HTTP_HOST'] = getenv('BLOG_HOST');
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
define('WP_INSTALLING', true);
require getenv('SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('The Lower Lock', 'keeper', 'keeper@example.org', true, '', wp_generate_password(20));
update_option('permalink_structure', '/%year%/%postname%/');
switch_theme('twentytwentythree');

function person(string $login, string $name, string $site = '', string $about = ''): int
{
    return wp_insert_user([
        'user_login' => $login, 'display_name' => $name, 'user_email' => "$login@example.org", 'role' => 'author',
        'user_pass' => wp_generate_password(20), 'user_url' => $site, 'description' => $about,
    ]);
}

function write(int $author, string $day, string $title, string $text, array $more = []): int
{
    return wp_insert_post($more + [
        'post_author' => $author, 'post_date' => "$day 09:00:00", 'post_date_gmt' => "$day 09:00:00", 'post_title' => $title,
        'post_content' => "<p>$text</p>", 'post_status' => 'publish', 'post_type' => 'post',
    ]);
}

$alma = person('alma', 'Alma Ferrow', 'https://alma.test/', 'Ferry pilot and amateur lock historian.');
$corvin = person('corvin', 'Corvin Tate');

$sluice = write($alma, '2023-05-06', 'The sluice at dawn', 'Fog on the water, and the sluice stood open.');
write($alma, '2024-06-07', 'Why I left the committee', 'I was tired, and said things that I would not say today.');
write($alma, '2024-07-01', 'A draft', 'DRAFT-OF-THE-BLOG', ['post_status' => 'draft']);
write($alma, '2024-07-02', 'A private note', 'PRIVATE-TO-THE-BLOG', ['post_status' => 'private']);
write($alma, '2024-07-03', 'For friends', 'PROTECTED-ON-THE-BLOG', ['post_password' => 'friends']);
write($corvin, '2023-02-03', 'On grids', 'Alma Ferrow taught me to read a tide table.');
write($alma, '2020-01-01', 'About', 'About this blog.', ['post_type' => 'page']);
for ($week = 1; $week <= 25; $week++) {
    write($alma, sprintf('2022-%02d-%02d', 1 + intdiv($week, 28), 1 + $week % 28), "Weekly note $week", "Weekly note number $week.");
}

$first = wp_insert_comment(['comment_post_ID' => $sluice, 'user_id' => $corvin, 'comment_author' => 'Corvin Tate', 'comment_content' => 'COMMENT-BY-A-GUEST', 'comment_approved' => 1]);
wp_insert_comment(['comment_post_ID' => $sluice, 'user_id' => $alma, 'comment_author' => 'Alma Ferrow', 'comment_parent' => $first, 'comment_content' => 'Thank you.', 'comment_approved' => 1]);
wp_insert_comment(['comment_post_ID' => $sluice, 'comment_author' => 'Nobody', 'comment_content' => 'HELD-BACK-COMMENT', 'comment_approved' => 0]);
flush_rewrite_rules(false);
