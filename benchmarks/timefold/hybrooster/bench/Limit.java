package hybrooster.bench;

/** A weighted sum stays at most a number; with a price, each unit above costs that, without one it is broken once. */
public final class Limit {

    final long atMost;
    final boolean hard;
    final long price;

    Limit(long atMost, boolean hard, long price) {
        this.atMost = atMost;
        this.hard = hard;
        this.price = price;
    }

    /** Whether it needs something to be true, so that it counts even when nothing is. */
    boolean isDemand() {
        return atMost < 0;
    }

    long priced(long sum) {
        return price * (sum - atMost);
    }
}
