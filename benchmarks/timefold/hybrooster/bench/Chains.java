package hybrooster.bench;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.Iterator;
import java.util.List;
import java.util.ArrayList;
import java.util.Random;

public final class Chains implements MoveIteratorFactory<Plan, Chain> {
    static final int LENGTH = Integer.getInteger("chain", 3);
    static final double DROP = Double.parseDouble(System.getProperty("drop", "0.5"));
    static final double REFILL = Double.parseDouble(System.getProperty("refill", "0.5"));

    @Override
    public long getSize(ScoreDirector<Plan> director) {
        return director.getWorkingSolution().getSeats().size() * 10L;
    }

    @Override
    public Iterator<Chain> createOriginalMoveIterator(ScoreDirector<Plan> director) {
        throw new UnsupportedOperationException("only random chains");
    }

    @Override
    public Iterator<Chain> createRandomMoveIterator(ScoreDirector<Plan> director, Random random) {
        List<Seat> seats = director.getWorkingSolution().getSeats();
        return new Iterator<>() {
            @Override public boolean hasNext() { return true; }
            @Override public Chain next() { return chain(seats, random); }
        };
    }

    private static Chain chain(List<Seat> seats, Random random) {
        Chain chain = new Chain();
        Seat seat = seats.get(random.nextInt(seats.size()));
        Choice not = seat.getChoice();
        for (int link = 0; link < LENGTH; link++) {
            List<Choice> choices = seat.getChoices();
            Choice choice = choices.get(random.nextInt(choices.size()));
            if (choice == not) break;
            Candidate candidate = seat.block().candidate(choice);
            chain.put(seat, choice);
            Seat dropped = null;
            List<Seat> others = new ArrayList<>();
            for (Seat other : seats) {
                if (other.candidate() != null && other.person() == choice.person() && !chain.touches(other)) {
                    if (other.candidate().clashesWith(candidate) > 0) {
                        chain.put(other, null);
                        dropped = other;
                    } else {
                        others.add(other);
                    }
                }
            }
            if (!others.isEmpty() && random.nextDouble() < DROP) {
                Seat other = others.get(random.nextInt(others.size()));
                chain.put(other, null);
                dropped = other;
            }
            if (dropped == null || random.nextDouble() >= REFILL) break;
            not = dropped.getChoice();
            seat = dropped;
        }
        return chain;
    }
}
