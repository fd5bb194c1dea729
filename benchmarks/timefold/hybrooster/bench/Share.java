package hybrooster.bench;

/** A literal counts so much in one of the sums of a level. Compared by identity, which is quick. */
final class Share {

    final Level level;
    final int group;
    final long weight;

    Share(Level level, int group, long weight) {
        this.level = level;
        this.group = group;
        this.weight = weight;
    }
}
