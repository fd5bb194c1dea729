package hybrooster.bench;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a problem, then solves it or scores given sets of candidates. The README beside this package says how to call it. */
public final class Main {

    private final Instance instance;
    private Plan best;

    private Main(Instance instance) {
        this.instance = instance;
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Main main = new Main(Instance.read(Path.of(args[1])));
        switch (args[0]) {
            case "solve" -> main.solve(
                Search.valueOf(args[2].toUpperCase(Locale.ROOT)),
                Double.parseDouble(args[3]),
                Long.parseLong(args[4]),
                EnvironmentMode.valueOf(args[5]));
            case "score" -> main.score(Files.readAllLines(Path.of(args[2])));
            default -> throw new IllegalArgumentException("unknown command: " + args[0]);
        }
    }

    private void solve(Search search, double seconds, long seed, EnvironmentMode mode)
            throws InterruptedException, ExecutionException {
        instance.withoutIdleLimits();
        Duration left = Duration.ofMillis(Math.max(1, Math.round(seconds * 1000) - sinceStart()));
        ExecutorService threads = Executors.newFixedThreadPool(search.solvers);
        try {
            List<Future<Plan>> answers = new ArrayList<>();
            for (int number = 0; number < search.solvers; number++) {
                SolverFactory<Plan> factory = SolverFactory.create(search.config(instance)
                    .withRandomSeed(seed * search.solvers + number)
                    .withEnvironmentMode(mode)
                    .withTerminationSpentLimit(left));
                Solver<Plan> solver = factory.buildSolver();
                solver.addEventListener(event -> found(event.getNewBestSolution()));
                answers.add(threads.submit(() -> solver.solve(Plan.open(instance))));
            }
            for (Future<Plan> answer : answers) {
                found(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(best.chosen().map(each -> " " + each.number).collect(Collectors.joining("", "chosen", "")));
    }

    private synchronized void found(Plan plan) {
        if (best == null || plan.getScore().compareTo(best.getScore()) > 0) {
            best = plan;
            System.out.printf(Locale.ROOT, "found %.3f %s%n", sinceStart() / 1000.0, shown(plan.getScore()));
        }
    }

    private void score(List<String> lines) {
        SolutionManager<Plan, HardSoftLongScore> manager =
            SolutionManager.create(SolverFactory.<Plan>create(Search.plain(instance)));
        for (String line : lines) {
            List<Candidate> chosen = Stream.of(line.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> instance.candidates.get(Integer.parseInt(word)))
                .toList();
            System.out.println("score " + shown(manager.update(Plan.of(instance, chosen))));
        }
    }

    private String shown(HardSoftLongScore score) {
        return score.hardScore() + " " + (score.softScore() + instance.base);
    }

    /** Milliseconds since this process began, so that starting it and reading count. */
    private static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
