/**
 * From a study file to finished trials: Study (YAML), Plan (trials), Runner, ResultStore (SQLite). May import {@code train} and every room below it.
 */
package org.osler.study;
