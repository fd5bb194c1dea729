package hybrooster.bench;

import java.util.ArrayList;
import java.util.List;

/** One person giving one block of lessons at chosen times. */
final class Candidate extends Literal {

    final int number;
    final int person;
    final Block block;
    final Choice choice;

    /** Place among the candidates of the same person. */
    final int rank;

    /** How often it clashes with each candidate of the same person, by their ranks. */
    int[] clashes;

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

    int clashesWith(Candidate other) {
        return clashes[other.rank];
    }

    @Override
    int level() {
        return 0;
    }
}
