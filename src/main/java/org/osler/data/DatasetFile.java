package org.osler.data;

/**
 * Where an official file is to be had.
 *
 * @param url its address
 * @param md5 MD5 of its bytes, 32 lower-case hexadecimal digits
 */
public record DatasetFile(String url, String md5) {}
