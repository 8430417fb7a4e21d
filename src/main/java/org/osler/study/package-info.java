/**
 * From a study file to finished trials: Study (YAML), Plan (trials), Runner, ResultStore (SQLite). May import {@code model} and every room below it.
 */
package org.osler.study;
