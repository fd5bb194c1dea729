package hybrooster.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Equal dates of one person: possible stops in order of time, and what the steps between them cost. */
final class Day {

    private final long count;
    private final List<Stop> stops = new ArrayList<>();
    private long[] work = new long[0];

    Day(long count) {
        this.count = count;
    }

    /** Adds the next stop; one that is not a lesson is there unless pushed out. Returns its place. */
    int add(long opening, long closing, boolean lesson) {
        int place = stops.size();
        stops.add(new Stop(opening, closing));
        work = Arrays.copyOf(work, place / Long.SIZE + 1);
        if (!lesson) {
            work[place / Long.SIZE] |= 1L << place;
        }
        return place;
    }

    /** What it costs that one stop comes right after another. Steps that cost nothing need not be said. */
    void step(int before, int after, long cost) {
        Stop stop = stops.get(before);
        int size = stop.after.length;
        int at = -Arrays.binarySearch(stop.after, after) - 1;
        int[] places = Arrays.copyOf(stop.after, size + 1);
        long[] costs = Arrays.copyOf(stop.costs, size + 1);
        System.arraycopy(stop.after, at, places, at + 1, size - at);
        System.arraycopy(stop.costs, at, costs, at + 1, size - at);
        places[at] = after;
        costs[at] = cost;
        stop.after = places;
        stop.costs = costs;
    }

    /** What the path past all stops that are there costs on all dates; nothing on dates without lessons. */
    long cost(List<Visit> visits) {
        long[] there = work.clone();
        boolean taught = false;
        for (Visit visit : visits) {
            for (int place : visit.pushed) {
                there[place / Long.SIZE] &= ~(1L << place);
            }
        }
        for (Visit visit : visits) {
            for (int place : visit.lessons) {
                there[place / Long.SIZE] |= 1L << place;
                taught = true;
            }
        }
        return taught ? count * path(there) : 0;
    }

    private long path(long[] there) {
        long total = 0;
        Stop last = null;
        for (int word = 0; word < there.length; word++) {
            for (long left = there[word]; left != 0; left &= left - 1) {
                int place = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                Stop stop = stops.get(place);
                total += last == null ? stop.opening : last.to(place);
                last = stop;
            }
        }
        return total + last.closing;
    }

    private static final class Stop {

        final long opening;
        final long closing;
        int[] after = {};
        long[] costs = {};

        Stop(long opening, long closing) {
            this.opening = opening;
            this.closing = closing;
        }

        long to(int place) {
            int at = Arrays.binarySearch(after, place);
            return at < 0 ? 0 : costs[at];
        }
    }
}
