"""How people and lessons are called in sentences."""

from __future__ import annotations

from model.term import Term


def person(term: Term, professional: str) -> str:
    """Name of a professional."""
    return term.professional(professional).name


def school(term: Term, school_id: str) -> str:
    """Name of a school site."""
    return term.school(school_id).name


def course(term: Term, course_id: str) -> str:
    """A course as a timetabler calls it: its name, or its subject, and its class groups."""
    row = term.course(course_id)
    groups = ", ".join(term.class_group(group).name or group for group in row.classes)
    return " ".join(part for part in (row.name or row.subject, groups) if part)


def activity(term: Term, activity_id: str) -> str:
    """A meeting: its name, or its identifier."""
    name: str = term.find("activities", activity_id).name
    return name or activity_id


def lesson(term: Term, lesson_id: str) -> str:
    """A lesson: its course and its own identifier."""
    return f"{course(term, term.lesson(lesson_id).course)} ({lesson_id})"
