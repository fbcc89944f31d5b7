"""The parts of a script document as authors write them: pydantic models, a file per part; `authoring` joins them."""
