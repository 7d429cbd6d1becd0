"""Cards of rights groups, researchers and campaigns, all of whose pages are kept: one module, one source."""
