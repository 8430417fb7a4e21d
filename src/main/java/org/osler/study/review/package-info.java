/**
 * What a reviewer asks of the datasets of a study, found out once and kept in the results folder: leaks between splits, and
 * the subgroups of the test images. Knows no trials; the room {@code study} brings datasets and features, the report reads
 * what is kept.
 */
package org.osler.study.review;
