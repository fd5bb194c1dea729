"""Long questions: asked once, answered whatever happens to the machine that works on them. See the README."""
