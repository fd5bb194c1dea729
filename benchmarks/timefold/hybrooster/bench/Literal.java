package hybrooster.bench;

import java.util.ArrayList;
import java.util.List;

/** Something that is true or false of an assignment: a candidate, or derived from others. */
abstract class Literal {

    /** What it costs when true, apart from limits and days; gains are negative. */
    final long cost;

    /** Where it counts in limits. */
    final List<Term> terms = new ArrayList<>();

    /** Where it counts in levels. */
    final List<Share> shares = new ArrayList<>();

    /** By level from 1: what is derived from it as "any of these" and as "all of these". */
    final List<List<Derived>> anys = new ArrayList<>();
    final List<List<Derived>> alls = new ArrayList<>();

    Literal(long cost) {
        this.cost = cost;
    }

    abstract int level();
}
