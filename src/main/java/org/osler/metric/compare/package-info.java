/**
 * Which of several scorers is better, and how sure that is: ranks over datasets with the tests of Demšar 2006
 * ("Statistical comparisons of classifiers over multiple data sets", JMLR 7), and tests of two scorers on one test set.
 * Pure functions on primitive arrays; imports no other room.
 *
 * <p>Quantiles and tails of the normal, chi-square and F distributions come from Apache Commons Statistics; it has no
 * Friedman test, no studentised range, and its signed-rank test keeps zeros where scipy's drops them.
 */
package org.osler.metric.compare;
