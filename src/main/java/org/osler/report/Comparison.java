package org.osler.report;

import java.util.List;
import java.util.Optional;
import org.osler.report.ranking.Ranking;
import org.osler.report.tables.ResultTable;

/**
 * Results set against each other: with what is published, and encoder against encoder.
 *
 * @param reproduction how many published results are covered and agree, in words; empty if none is covered
 * @param tables the tables that the results fill
 * @param rankings the encoders' ranks over datasets, those with the most results first
 */
public record Comparison(Optional<String> reproduction, List<ResultTable> tables, List<Ranking> rankings) {

    /** Of a study without results. */
    static final Comparison NONE = new Comparison(Optional.empty(), List.of(), List.of());

    public Comparison {
        tables = List.copyOf(tables);
        rankings = List.copyOf(rankings);
    }
}
