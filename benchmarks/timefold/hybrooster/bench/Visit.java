package hybrooster.bench;

import java.util.Arrays;

/** What one candidate does to a day: lessons it brings, work it pushes out. */
final class Visit {

    final Day day;
    int[] lessons = {};
    int[] pushed = {};

    Visit(Day day) {
        this.day = day;
    }

    void bring(int place) {
        lessons = with(lessons, place);
    }

    void push(int place) {
        pushed = with(pushed, place);
    }

    private static int[] with(int[] places, int place) {
        int[] more = Arrays.copyOf(places, places.length + 1);
        more[places.length] = place;
        return more;
    }
}
