package hybrooster.bench;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps the sums of a level and gives the smallest.
 *
 * <p>A share adds to one sum and takes back what it added, so that a move touches the sums it changes; sums that nothing
 * adds to keep what they start with. Finding the smallest looks at each sum once, and a level has few.
 */
final class Smallest implements UniConstraintCollector<Share, Smallest.Sums, Long> {

    @Override
    public Supplier<Sums> supplier() {
        return Sums::new;
    }

    @Override
    public BiFunction<Sums, Share, Runnable> accumulator() {
        return (sums, share) -> {
            sums.add(share, share.weight);
            return () -> sums.add(share, -share.weight);
        };
    }

    @Override
    public Function<Sums, Long> finisher() {
        return Sums::smallest;
    }

    /** The sums of one level; known with the first share of it. */
    static final class Sums {

        private long[] each = {};

        void add(Share share, long weight) {
            if (each.length == 0) {
                each = share.level.sums();
            }
            each[share.group] += weight;
        }

        long smallest() {
            return Arrays.stream(each).min().orElse(0);
        }
    }
}
