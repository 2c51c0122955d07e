"""Ground layer: the types everything else speaks. Imports pydantic and the standard library, nothing of ours."""
