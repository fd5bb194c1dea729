"""Result files: what a timetabler and a professional read after solving."""
