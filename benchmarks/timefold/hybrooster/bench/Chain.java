package hybrooster.bench;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Somebody takes a seat and leaves those that clash with it, often one more to make room for it; a seat left may be taken
 * by somebody else in the same way.
 */
public final class Chain extends AbstractMove<Plan> {

    private static final int MOST_LINKS = 4;
    private static final double MAKE_ROOM = 0.5;
    private static final double GO_ON = 0.5;

    private final Map<Seat, Choice> changes = new LinkedHashMap<>();

    /** A chain that starts at any seat. */
    static Chain drawn(List<Seat> seats, Random random) {
        Chain chain = new Chain();
        Seat seat = one(seats, random);
        for (int links = 0; links < MOST_LINKS && seat != null; links++) {
            Choice choice = one(seat.getChoices(), random);
            if (choice == seat.getChoice()) {
                break;
            }
            chain.changes.put(seat, choice);
            Seat left = chain.leave(seats, seat.block().candidate(choice), random);
            seat = random.nextDouble() < GO_ON ? left : null;
        }
        return chain;
    }

    /** Opens the seats of somebody that cannot go with what they take now; gives the last of them, or null. */
    private Seat leave(List<Seat> seats, Candidate taken, Random random) {
        Seat last = null;
        List<Seat> kept = new ArrayList<>();
        for (Seat other : seats) {
            Candidate given = other.candidate();
            if (given == null || given.person != taken.person || changes.containsKey(other)) {
                continue;
            }
            if (given.clashesWith(taken) > 0) {
                last = other;
                changes.put(other, null);
            } else {
                kept.add(other);
            }
        }
        if (!kept.isEmpty() && random.nextDouble() < MAKE_ROOM) {
            last = one(kept, random);
            changes.put(last, null);
        }
        return last;
    }

    private static <T> T one(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Plan> director) {
        return !changes.isEmpty();
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Plan> director) {
        changes.forEach((seat, choice) -> {
            director.beforeVariableChanged(seat, "choice");
            seat.setChoice(choice);
            director.afterVariableChanged(seat, "choice");
        });
    }

    @Override
    public Collection<?> getPlanningEntities() {
        return changes.keySet();
    }

    @Override
    public Collection<?> getPlanningValues() {
        return changes.values();
    }
}
