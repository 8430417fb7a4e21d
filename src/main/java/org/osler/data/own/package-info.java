/**
 * Datasets of a user's own images: folders of class folders, and manifests. What is there is listed, labelled, divided into
 * splits and hashed; the images are decoded into the dataset store. May import {@code data}, {@code data.image} and every
 * room below {@code data}; {@code data} itself does not know this room.
 */
package org.osler.data.own;
