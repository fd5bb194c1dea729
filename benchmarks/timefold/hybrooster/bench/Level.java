package hybrooster.bench;

import java.util.ArrayList;
import java.util.List;

/** Sums of weights of true literals, of which the smallest gains its size times a weight. */
final class Level {

    final long weight;

    /** What each sum is when nothing is true. */
    private final List<Long> start = new ArrayList<>();

    Level(long weight) {
        this.weight = weight;
    }

    /** Adds a sum; returns its place. */
    int add(long always) {
        start.add(always);
        return start.size() - 1;
    }

    long[] sums() {
        return start.stream().mapToLong(Long::longValue).toArray();
    }

    /** The smallest sum when nothing is true. */
    long least() {
        return start.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    long gained(long smallest) {
        return weight * (smallest - least());
    }
}
