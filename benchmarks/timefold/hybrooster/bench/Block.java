package hybrooster.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lessons that are taken whole, by as many people as there are seats. */
final class Block {

    final int seats;
    final List<Choice> choices = new ArrayList<>();
    private final Map<Choice, Candidate> candidates = new HashMap<>();

    Block(int seats) {
        this.seats = seats;
    }

    void add(Candidate candidate) {
        choices.add(candidate.choice);
        candidates.put(candidate.choice, candidate);
    }

    Collection<Candidate> candidates() {
        return candidates.values();
    }

    /** The candidate for this block that a choice means; null when it means none. */
    Candidate candidate(Choice choice) {
        return candidates.get(choice);
    }
}
