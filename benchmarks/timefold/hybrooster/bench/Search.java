package hybrooster.bench;

import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.util.Map;

/** How the solver is set: as it comes, or as trying brought the best answers. */
final class Search {

    private Search() {}

    static int threads(String search) {
        return search.equals("default") ? 1 : Runtime.getRuntime().availableProcessors();
    }

    static SolverConfig config(String search, int depth) {
        SolverConfig config = new SolverConfig()
            .withSolutionClass(Plan.class)
            .withEntityClasses(Seat.class)
            .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                .withConstraintProviderClass(Rules.class)
                .withConstraintProviderCustomProperties(Map.of("depth", Integer.toString(depth))));
        return config;
    }
}
