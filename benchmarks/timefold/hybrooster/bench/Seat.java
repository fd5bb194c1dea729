package hybrooster.bench;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** The planning entity: one of the seats of a block, taken by one of those who can, or by nobody. */
@PlanningEntity
public class Seat {

    private int id;
    private Block block;
    private Choice choice;
    private Candidate candidate;

    /** For the solver, which copies seats. */
    public Seat() {}

    Seat(int id, Block block) {
        this.id = id;
        this.block = block;
    }

    @PlanningId
    public int getId() {
        return id;
    }

    @ValueRangeProvider
    public List<Choice> getChoices() {
        return block.choices;
    }

    @PlanningVariable(allowsUnassigned = true)
    public Choice getChoice() {
        return choice;
    }

    /** Null leaves the seat open. */
    public void setChoice(Choice choice) {
        this.choice = choice;
        this.candidate = choice == null ? null : block.candidate(choice);
    }

    Candidate candidate() {
        return candidate;
    }

    Block block() {
        return block;
    }

    /** Who takes it; only of a seat that is taken. */
    int person() {
        return choice.person();
    }

    boolean hasNeighbours() {
        return block.seats > 1;
    }
}
