package hybrooster.bench;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Draws chains without end. */
public final class Chains implements MoveIteratorFactory<Plan, Chain> {

    @Override
    public long getSize(ScoreDirector<Plan> director) {
        return director.getWorkingSolution().getSeats().stream().mapToLong(seat -> seat.getChoices().size()).sum();
    }

    @Override
    public Iterator<Chain> createOriginalMoveIterator(ScoreDirector<Plan> director) {
        throw new UnsupportedOperationException("chains are drawn, not listed");
    }

    @Override
    public Iterator<Chain> createRandomMoveIterator(ScoreDirector<Plan> director, Random random) {
        List<Seat> seats = director.getWorkingSolution().getSeats();
        return Stream.generate(() -> Chain.drawn(seats, random)).iterator();
    }
}
