"""Classes of words that several rules ask for: verbs of what is done (verbs.toml), and what people have on a platform (objects.toml)."""

TAKING = frozenset({"bar", "stop", "remove"})  # something is taken from somebody
BANNING = TAKING | {"forbid", "fine"}  # what may befall other things than platforms: smoking, travel, bags
DEEDS = TAKING | {"slow", "fine", "summon", "sue", "lift"}  # something is done to a platform, or to what is on it
DEEDS_AND_DEMANDS = DEEDS | {"demand"}
OWN = frozenset({"account", "group", "content"})  # what a platform's name stands right before ("X hesabı", "Twitter account")
BORNE = OWN | {"keyword", "topic", "feature"}  # what a platform carries
