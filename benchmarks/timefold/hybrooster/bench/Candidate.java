package hybrooster.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One person giving one block of lessons at chosen times. */
final class Candidate extends Literal {

    final int number;
    final int person;
    final Block block;
    final Choice choice;

    /** Place among the candidates of the same person. */
    final int rank;

    /** How often it clashes with candidates of the same person, by their ranks; the last ones may be missing. */
    private int[] clashes = {};

    /** The days it has to do with. */
    final List<Visit> visits = new ArrayList<>();

    Candidate(int number, int rank, Block block, Choice choice, long cost) {
        super(cost);
        this.number = number;
        this.rank = rank;
        this.person = choice.person();
        this.block = block;
        this.choice = choice;
    }

    /** Adds a clash with a candidate of the same person. */
    void clash(Candidate other) {
        if (other.rank >= clashes.length) {
            clashes = Arrays.copyOf(clashes, other.rank + 1);
        }
        clashes[other.rank]++;
    }

    int clashesWith(Candidate other) {
        return other.rank < clashes.length ? clashes[other.rank] : 0;
    }

    @Override
    int level() {
        return 0;
    }
}
