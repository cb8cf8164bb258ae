"""libRoadRunner on the same bodies and lanes: the reference that the engine is compared with."""
