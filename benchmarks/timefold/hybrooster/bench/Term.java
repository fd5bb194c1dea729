package hybrooster.bench;

/** A literal counts so much in a limit. Compared by identity, which is quick. */
final class Term {

    final Limit limit;
    final long weight;

    Term(Limit limit, long weight) {
        this.limit = limit;
        this.weight = weight;
    }
}
