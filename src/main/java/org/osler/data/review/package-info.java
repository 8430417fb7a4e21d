/**
 * What a reviewer asks of a dataset: what its splits share that they should not (the same image twice, the same patient or
 * lesion), and into which subgroups its images fall. May import {@code data} and every room below it; {@code data} itself
 * does not know this room.
 */
package org.osler.data.review;
