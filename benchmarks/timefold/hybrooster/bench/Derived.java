package hybrooster.bench;

import java.util.ArrayList;
import java.util.List;

/** True when any or all of its members are. */
final class Derived extends Literal {

    final boolean all;
    final int size;
    private final int level;

    Derived(boolean all, long cost, List<Literal> members) {
        super(cost);
        this.all = all;
        this.size = members.size();
        this.level = 1 + members.stream().mapToInt(Literal::level).max().orElse(0);
        for (Literal member : members) {
            List<List<Derived>> byLevel = all ? member.alls : member.anys;
            while (byLevel.size() <= level) {
                byLevel.add(new ArrayList<>());
            }
            byLevel.get(level).add(this);
        }
    }

    @Override
    int level() {
        return level;
    }
}
