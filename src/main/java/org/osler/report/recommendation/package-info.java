/** The report's first section where a folder holds a recommendation: which encoder fits, and how sure that is. */
package org.osler.report.recommendation;
