"""The papers around a consent: notices and letters, the candidate's receipt, exports for other systems, signed files."""
