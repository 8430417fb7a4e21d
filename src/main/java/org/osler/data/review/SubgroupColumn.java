package org.osler.data.review;

import java.util.List;

/**
 * A column of the metadata by which test images are divided into subgroups.
 *
 * @param name the column's
 * @param edges where its numbers are cut, ascending: a band holds its lower edge and not its upper one; empty: as the values
 *     suggest
 */
public record SubgroupColumn(String name, List<Double> edges) {

    public SubgroupColumn {
        edges = List.copyOf(edges);
    }
}
