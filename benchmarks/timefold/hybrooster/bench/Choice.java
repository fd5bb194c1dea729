package hybrooster.bench;

/** Who takes a seat, and at which of the block's times that are open to this person. */
record Choice(int person, int variant) {}
