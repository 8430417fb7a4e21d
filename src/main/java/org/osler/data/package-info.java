/**
 * Datasets and images: npz files, the memory-mapped store, the catalog of MedMNIST, splits, phantoms, resizing as PIL
 * does it. May import {@code weights} and every room below it.
 */
package org.osler.data;
