package hybrooster.bench;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several seats taken or left at once. */
public final class Chain extends AbstractMove<Plan> {

    private final Map<Seat, Choice> changes = new LinkedHashMap<>();

    void put(Seat seat, Choice choice) { changes.put(seat, choice); }
    boolean touches(Seat seat) { return changes.containsKey(seat); }

    @Override
    public boolean isMoveDoable(ScoreDirector<Plan> director) {
        return changes.entrySet().stream().anyMatch(each -> each.getKey().getChoice() != each.getValue());
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
    public Collection<? extends Object> getPlanningEntities() { return changes.keySet(); }

    @Override
    public Collection<? extends Object> getPlanningValues() { return changes.values(); }
}
