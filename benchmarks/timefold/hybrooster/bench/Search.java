package hybrooster.bench;

import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.constructionheuristic.*;
import ai.timefold.solver.core.config.localsearch.*;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.*;
import ai.timefold.solver.core.config.localsearch.decider.forager.*;
import ai.timefold.solver.core.config.heuristic.selector.move.*;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.*;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.*;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.*;
import java.util.*;

/** How the solver is set: as it comes, or as trying brought the best answers. */
final class Search {

    private Search() {}

    static int threads(String search) {
        return Integer.getInteger("threads", 1);
    }

    static SolverConfig config(String search, int depth) {
        SolverConfig config = new SolverConfig()
            .withSolutionClass(Plan.class)
            .withEntityClasses(Seat.class)
            .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                .withConstraintProviderClass(Rules.class)
                .withConstraintProviderCustomProperties(Map.of("depth", Integer.toString(depth))));
        if (search.equals("default")) return config;
        List<MoveSelectorConfig> moves = new ArrayList<>();
        for (String m : System.getProperty("moves", "change:1,swap:1").split(",")) {
            String[] kv = m.split(":");
            double w = Double.parseDouble(kv[1]);
            MoveSelectorConfig c = switch (kv[0]) {
                case "change" -> new ChangeMoveSelectorConfig();
                case "swap" -> new SwapMoveSelectorConfig();
                case "pchange" -> new PillarChangeMoveSelectorConfig();
                case "pswap" -> new PillarSwapMoveSelectorConfig();
                case "ruin" -> new RuinRecreateMoveSelectorConfig().withMinimumRuinedCount(2).withMaximumRuinedCount(Integer.getInteger("ruin", 6));
                case "chain" -> new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Chains.class);
                default -> throw new IllegalArgumentException(m);
            };
            c.setFixedProbabilityWeight(w);
            moves.add(c);
        }
        LocalSearchAcceptorConfig acceptor = new LocalSearchAcceptorConfig();
        LocalSearchForagerConfig forager = new LocalSearchForagerConfig().withAcceptedCountLimit(Integer.getInteger("count", 1));
        String[] a = System.getProperty("accept", "late:400").split(":");
        switch (a[0]) {
            case "late" -> acceptor.withLateAcceptanceSize(Integer.parseInt(a[1]));
            case "dlas" -> acceptor.withAcceptorTypeList(List.of(AcceptorType.DIVERSIFIED_LATE_ACCEPTANCE)).withLateAcceptanceSize(Integer.parseInt(a[1]));
            case "sa" -> acceptor.withSimulatedAnnealingStartingTemperature("0hard/" + a[1] + "soft");
            case "tabu" -> acceptor.withEntityTabuSize(Integer.parseInt(a[1]));
            case "schc" -> acceptor.withStepCountingHillClimbingSize(Integer.parseInt(a[1]));
        }
        return config.withPhases(
            new ConstructionHeuristicPhaseConfig(),
            new LocalSearchPhaseConfig().withMoveSelectorConfig(new UnionMoveSelectorConfig(moves))
                .withAcceptorConfig(acceptor).withForagerConfig(forager));
    }
}
