/**
 * Which encoder fits a user's images, found within a time given: encoders are tried cheapest first, judged by
 * cross-validation on the training split, and ranked with what chance leaves of their differences. May import {@code study}
 * and every room below it.
 */
package org.osler.recommend;
