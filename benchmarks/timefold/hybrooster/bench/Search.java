package hybrooster.bench;

import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.util.Map;

/** How the solver is set: as it comes, or as trying brought the best answers (the README tells what was tried). */
enum Search {
    DEFAULT(1) {
        @Override
        SolverConfig config(Instance instance) {
            return plain(instance);
        }
    },
    TUNED(Runtime.getRuntime().availableProcessors()) {
        @Override
        SolverConfig config(Instance instance) {
            long temperature = Math.max(1, instance.meanCost() / 3);
            return plain(instance).withPhases(
                new ConstructionHeuristicPhaseConfig(),
                new LocalSearchPhaseConfig()
                    .withMoveSelectorConfig(
                        new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Chains.class))
                    .withAcceptorConfig(new LocalSearchAcceptorConfig()
                        .withSimulatedAnnealingStartingTemperature("0hard/" + temperature + "soft"))
                    .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1)));
        }
    };

    /** How many solvers run beside each other, each with its own seed; the best answer counts. */
    final int solvers;

    Search(int solvers) {
        this.solvers = solvers;
    }

    abstract SolverConfig config(Instance instance);

    /** The problem without any settings of the search. */
    static SolverConfig plain(Instance instance) {
        return new SolverConfig()
            .withSolutionClass(Plan.class)
            .withEntityClasses(Seat.class)
            .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                .withConstraintProviderClass(Rules.class)
                .withConstraintProviderCustomProperties(Map.of("depth", Integer.toString(instance.depth))));
    }
}
