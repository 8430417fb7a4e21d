package org.osler.data.review;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osler.data.Split;

/** Finds what images of different splits have in common. */
final class SharedKeys {

    private SharedKeys() {}

    /** The first image that has a key, and how many have it. */
    private record Holders(int first, int count) {
        static Holders more(Holders before, Holders one) {
            return new Holders(before.first, before.count + 1);
        }
    }

    /**
     * Every image of a later split whose key an image of an earlier one has, too.
     *
     * @param keys of each split, in the order of its images; null: shared with none
     * @param similarity what to note in the links
     */
    static List<Link> links(Cause cause, Map<Split, ? extends List<?>> keys, double similarity) {
        Map<Split, Map<Object, Holders>> holders = new EnumMap<>(Split.class);
        keys.forEach((split, all) -> holders.put(split, holders(all)));
        List<Link> links = new ArrayList<>();
        for (Link.Between between : Link.Between.ALL) {
            List<?> later = keys.get(between.later());
            for (int i = 0; i < later.size(); i++) {
                Holders found = later.get(i) == null
                        ? null
                        : holders.get(between.earlier()).get(later.get(i));
                if (found != null) {
                    links.add(new Link(
                            cause, between.later(), i, between.earlier(), found.first(), found.count(), similarity));
                }
            }
        }
        return links;
    }

    private static Map<Object, Holders> holders(List<?> keys) {
        Map<Object, Holders> holders = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) != null) {
                holders.merge(keys.get(i), new Holders(i, 1), Holders::more);
            }
        }
        return holders;
    }
}
