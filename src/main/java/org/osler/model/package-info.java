/**
 * A trained model as a folder, and its use: {@link org.osler.model.Classifier} reads the folder and predicts,
 * {@link org.osler.model.ModelFolder} writes it. May import {@code train} and every room below it.
 */
package org.osler.model;
