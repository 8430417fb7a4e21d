package org.osler.study;

import java.time.Instant;

/**
 * A trial that could not be finished.
 *
 * @param trial the trial
 * @param reason one or two lines for the user
 * @param at when
 */
public record TrialFailure(Trial trial, String reason, Instant at) {}
