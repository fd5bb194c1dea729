package hybrooster.bench;

import static ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ONE_HARD;
import static ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ONE_SOFT;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sumLong;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Every instance's constraints as incremental streams: a move recomputes only the limits and days of who it moves. */
public final class Rules implements ConstraintProvider {

    private int depth;

    /** How far literals are derived from derived ones: so many layers of streams. Set by the solver's configuration. */
    public void setDepth(int depth) {
        this.depth = depth;
    }

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        UniConstraintStream<Seat> taken = factory.forEach(Seat.class);
        List<UniConstraintStream<Derived>> derived = derived(taken);
        BiConstraintStream<Limit, Long> sums = sums(factory, taken, derived);
        List<Constraint> all = new ArrayList<>(List.of(
            factory.forEachUniquePair(
                    Seat.class,
                    Joiners.equal(Seat::person),
                    Joiners.filtering((a, b) -> a.candidate().clashesWith(b.candidate()) > 0))
                .penalize(ONE_HARD, (a, b) -> a.candidate().clashesWith(b.candidate()))
                .asConstraint("clash"),
            factory.forEachUniquePair(
                    Seat.class, Joiners.equal(Seat::candidate), Joiners.filtering((a, b) -> a.hasNeighbours()))
                .penalize(ONE_HARD)
                .asConstraint("twice in one block"),
            sums.filter((limit, sum) -> limit.hard && sum > limit.atMost).penalize(ONE_HARD).asConstraint("limit"),
            sums.filter((limit, sum) -> !limit.hard && sum > limit.atMost)
                .penalizeLong(ONE_SOFT, Limit::priced)
                .asConstraint("priced limit"),
            taken.impactLong(ONE_SOFT, seat -> -seat.candidate().cost).asConstraint("cost"),
            taken.flattenLast(seat -> seat.candidate().visits)
                .groupBy(visit -> visit.day, new DayCost())
                .impactLong(ONE_SOFT, (day, cost) -> -cost)
                .asConstraint("day"),
            shares(taken, derived)
                .groupBy(share -> share.level, new Smallest())
                .impactLong(ONE_SOFT, Level::gained)
                .asConstraint("level")));
        for (int level = 1; level <= depth; level++) {
            all.add(derived.get(level - 1)
                .filter(each -> each.cost != 0)
                .impactLong(ONE_SOFT, each -> -each.cost)
                .asConstraint("cost of level " + level));
        }
        return all.toArray(new Constraint[0]);
    }

    /** Derived literals that are true, by level from 1. */
    private List<UniConstraintStream<Derived>> derived(UniConstraintStream<Seat> taken) {
        List<UniConstraintStream<Derived>> levels = new ArrayList<>();
        for (int level = 1; level <= depth; level++) {
            int now = level;
            UniConstraintStream<Derived> any = taken.flattenLast(seat -> at(seat.candidate().anys, now));
            UniConstraintStream<Derived> all = taken.flattenLast(seat -> at(seat.candidate().alls, now));
            for (UniConstraintStream<Derived> lower : levels) {
                any = any.concat(lower.flattenLast(each -> at(each.anys, now)));
                all = all.concat(lower.flattenLast(each -> at(each.alls, now)));
            }
            levels.add(any.distinct()
                .concat(all.groupBy(Function.identity(), count())
                    .filter((each, members) -> members == each.size)
                    .map((each, members) -> each)));
        }
        return levels;
    }

    private static List<Derived> at(List<List<Derived>> byLevel, int level) {
        return level < byLevel.size() ? byLevel.get(level) : List.of();
    }

    /** What true literals add to the sums of levels. */
    private static UniConstraintStream<Share> shares(
            UniConstraintStream<Seat> taken, List<UniConstraintStream<Derived>> derived) {
        UniConstraintStream<Share> shares = taken.flattenLast(seat -> seat.candidate().shares);
        for (UniConstraintStream<Derived> level : derived) {
            shares = shares.concat(level.flattenLast(each -> each.shares));
        }
        return shares;
    }

    /** Sums of limits of which something is true, and of those that ask for something. */
    private BiConstraintStream<Limit, Long> sums(
            ConstraintFactory factory, UniConstraintStream<Seat> taken, List<UniConstraintStream<Derived>> derived) {
        UniConstraintStream<Term> terms = taken.flattenLast(seat -> seat.candidate().terms)
            .concat(factory.forEach(Limit.class).map(limit -> new Term(limit, 0)));
        for (UniConstraintStream<Derived> level : derived) {
            terms = terms.concat(level.flattenLast(each -> each.terms));
        }
        return terms.groupBy(term -> term.limit, sumLong(term -> term.weight));
    }
}
