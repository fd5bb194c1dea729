package hybrooster.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** One problem, as its text form (see the README) states it; solvers share it and leave it as it is. */
final class Instance {

    final List<Block> blocks = new ArrayList<>();
    final List<Candidate> candidates = new ArrayList<>();
    final List<Limit> limits = new ArrayList<>();

    /** How far literals are derived from derived ones; 0 when there are none. */
    int depth;

    /** Value of choosing nobody, apart from limits. */
    long base;

    private final List<Literal> literals = new ArrayList<>();
    private final Map<Integer, List<Candidate>> ofPerson = new HashMap<>();
    private final Map<Candidate, Visit> today = new HashMap<>();
    private final Map<Choice, Choice> choices = new HashMap<>();
    private Day day;
    private Level level;

    static Instance read(Path file) throws IOException {
        Instance instance = new Instance();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                instance.take(new StringTokenizer(line));
            }
        }
        return instance;
    }

    /** Leaves out the limits that no filling of the seats can exceed, such as one teacher for a lesson of one seat. */
    void withoutIdleLimits() {
        Map<Limit, Long> most = new HashMap<>();
        for (Block block : blocks) {
            Map<Limit, Long> ofBlock = new HashMap<>();
            for (Candidate candidate : block.candidates()) {
                candidate.terms.forEach(term -> ofBlock.merge(term.limit, Math.max(0, term.weight), Math::max));
            }
            ofBlock.forEach((limit, weight) -> most.merge(limit, block.seats * weight, Long::sum));
        }
        for (Literal derived : literals.subList(candidates.size(), literals.size())) {
            derived.terms.forEach(term -> most.merge(term.limit, Math.max(0, term.weight), Long::sum));
        }
        literals.forEach(literal -> literal.terms.removeIf(term -> most.get(term.limit) <= term.limit.atMost));
    }

    /** Mean of costs and gains (without their sign) of all literals that have any. */
    long meanCost() {
        return Math.round(literals.stream()
            .mapToLong(literal -> Math.abs(literal.cost))
            .filter(cost -> cost != 0)
            .average()
            .orElse(0));
    }

    private void take(StringTokenizer words) {
        String kind = words.nextToken();
        switch (kind) {
            case "base" -> base = number(words);
            case "block" -> blocks.add(new Block((int) number(words)));
            case "candidate" -> addCandidate(words);
            case "any", "all" -> addDerived(kind.equals("all"), words);
            case "clash" -> addClash(candidates.get((int) number(words)), candidates.get((int) number(words)));
            case "limit" -> addLimit(words);
            case "day" -> {
                day = new Day(number(words));
                today.clear();
            }
            case "stop" -> addStop(words);
            case "level" -> level = new Level(number(words));
            case "group" -> addGroup(words);
            case "step" -> day.step((int) number(words), (int) number(words), number(words));
            default -> throw new IllegalArgumentException("unknown line: " + kind);
        }
    }

    private static long number(StringTokenizer words) {
        return Long.parseLong(words.nextToken());
    }

    private void addCandidate(StringTokenizer words) {
        Block block = blocks.get((int) number(words));
        int person = (int) number(words);
        List<Candidate> theirs = ofPerson.computeIfAbsent(person, key -> new ArrayList<>());
        int variant = 0;
        while (block.candidate(new Choice(person, variant)) != null) {
            variant++;
        }
        Choice choice = choices.computeIfAbsent(new Choice(person, variant), key -> key);
        Candidate made = new Candidate(candidates.size(), theirs.size(), block, choice, number(words));
        theirs.add(made);
        block.add(made);
        candidates.add(made);
        literals.add(made);
    }

    private void addDerived(boolean all, StringTokenizer words) {
        long cost = number(words);
        List<Literal> members = new ArrayList<>();
        while (words.hasMoreTokens()) {
            members.add(literals.get((int) number(words)));
        }
        Derived made = new Derived(all, cost, members);
        literals.add(made);
        depth = Math.max(depth, made.level());
    }

    private void addClash(Candidate a, Candidate b) {
        a.clash(b);
        b.clash(a);
    }

    private void addLimit(StringTokenizer words) {
        long atMost = number(words);
        String price = words.nextToken();
        boolean hard = price.equals("-");
        Limit limit = new Limit(atMost, hard, hard ? 0 : Long.parseLong(price));
        limits.add(limit);
        while (words.hasMoreTokens()) {
            Literal literal = literals.get((int) number(words));
            literal.terms.add(new Term(limit, number(words)));
        }
    }

    private void addGroup(StringTokenizer words) {
        int group = level.add(number(words));
        while (words.hasMoreTokens()) {
            Literal literal = literals.get((int) number(words));
            literal.shares.add(new Share(level, group, number(words)));
        }
    }

    private void addStop(StringTokenizer words) {
        String candidate = words.nextToken();
        boolean lesson = !candidate.equals("-");
        int place = day.add(number(words), number(words), lesson);
        if (lesson) {
            visit(Integer.parseInt(candidate)).bring(place);
        }
        while (words.hasMoreTokens()) {
            visit((int) number(words)).push(place);
        }
    }

    private Visit visit(int candidate) {
        return today.computeIfAbsent(candidates.get(candidate), key -> {
            Visit made = new Visit(day);
            key.visits.add(made);
            return made;
        });
    }
}
