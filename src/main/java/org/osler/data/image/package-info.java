/**
 * Image files of any common format to 8-bit pixels, and pixels of any size to a square. May import {@code data}'s
 * resizing and every room below {@code data}.
 */
package org.osler.data.image;
