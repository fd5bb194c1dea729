package hybrooster.bench;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The planning solution: all seats. Hard score: minus the clashes and hard limits that are broken; soft score: value. */
@PlanningSolution
public class Plan {

    private List<Limit> demands;
    private List<Seat> seats;
    private HardSoftLongScore score;

    /** For the solver, which copies plans. */
    public Plan() {}

    private Plan(Instance instance) {
        demands = instance.limits.stream().filter(Limit::isDemand).toList();
        seats = new ArrayList<>();
    }

    /** All seats, open. */
    static Plan open(Instance instance) {
        Plan plan = new Plan(instance);
        for (Block block : instance.blocks) {
            for (int each = 0; each < block.seats; each++) {
                plan.seats.add(new Seat(plan.seats.size(), block));
            }
        }
        return plan;
    }

    /** One seat for each of these candidates, so that any set of candidates can be scored, allowed or not. */
    static Plan of(Instance instance, Iterable<Candidate> chosen) {
        Plan plan = new Plan(instance);
        for (Candidate candidate : chosen) {
            Seat seat = new Seat(plan.seats.size(), candidate.block);
            seat.setChoice(candidate.choice);
            plan.seats.add(seat);
        }
        return plan;
    }

    @ProblemFactCollectionProperty
    public List<Limit> getDemands() {
        return demands;
    }

    @PlanningEntityCollectionProperty
    public List<Seat> getSeats() {
        return seats;
    }

    @PlanningScore
    public HardSoftLongScore getScore() {
        return score;
    }

    public void setScore(HardSoftLongScore score) {
        this.score = score;
    }

    /** Candidates that have a seat. */
    Stream<Candidate> chosen() {
        return seats.stream().map(Seat::candidate).filter(each -> each != null);
    }
}
