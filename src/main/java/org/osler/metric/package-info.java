/**
 * Pure functions on primitive arrays: accuracy, AUC, calibration, intervals. Imports no other room.
 *
 * <p>Everywhere, labels are {@code [N][L]} (L = 1 but for multi-label, where they are 0 or 1) and scores {@code [N][C]}
 * in [0, 1] (binary: two columns 1 − p, p, of which only the last is looked at; multi-label: C = L). Arrays that are not
 * of this form, scores that are NaN and labels out of range are an {@link java.lang.IllegalArgumentException} that says
 * where. Nothing is changed and nothing kept.
 *
 * <p>What has no value is NaN, never 0: the AUC of a class that no case has, the sensitivity of one without positives.
 */
package org.osler.metric;
