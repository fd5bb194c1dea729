package hybrooster.bench;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps who visits a day and gives what its path costs.
 *
 * <p>A path depends on which stops neighbour each other, so it is no sum over pairs of visits that a join could keep; a
 * day has few visits, and walking them anew is cheaper than a join that finds the nearest stop between two others.
 */
final class DayCost implements UniConstraintCollector<Visit, List<Visit>, Long> {

    @Override
    public Supplier<List<Visit>> supplier() {
        return ArrayList::new;
    }

    @Override
    public BiFunction<List<Visit>, Visit, Runnable> accumulator() {
        return (visits, visit) -> {
            visits.add(visit);
            return () -> visits.remove(visit);
        };
    }

    @Override
    public Function<List<Visit>, Long> finisher() {
        return visits -> visits.isEmpty() ? 0L : visits.get(0).day.cost(visits);
    }
}
